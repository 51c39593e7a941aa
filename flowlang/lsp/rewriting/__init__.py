"""What code actions do beside the fixes of findings, as pure functions that give edits; they know nothing of the protocol."""
