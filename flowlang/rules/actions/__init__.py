"""Rules about actions, modules and mixins."""
