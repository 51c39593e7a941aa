// Starts the language server, and again when its command changes.

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";

const SECTION = "flowlang";
const FILES = "**/*.{yml,yaml}";

let client: LanguageClient | undefined;

function serverOptions(): ServerOptions {
  const [command, ...args] = vscode.workspace.getConfiguration(SECTION).get<string[]>("command", ["flowlang", "lsp"]);
  return { command: command ?? "flowlang", args };
}

async function start(): Promise<void> {
  const options: LanguageClientOptions = {
    documentSelector: [{ language: "yaml" }],
    synchronize: { fileEvents: [vscode.workspace.createFileSystemWatcher(FILES), vscode.workspace.createFileSystemWatcher("**/{pyproject,flowlint}.toml")] },
  };
  client = new LanguageClient(SECTION, "flowlang", serverOptions(), options);
  try {
    await client.start();
  } catch (error) {
    const answer = "Open settings";
    const reason = error instanceof Error ? error.message : String(error);
    const chosen = await vscode.window.showErrorMessage(`The flowlang language server does not start: ${reason}`, answer);
    if (chosen === answer) {
      await vscode.commands.executeCommand("workbench.action.openSettings", `${SECTION}.command`);
    }
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  if (running?.needsStop()) {
    await running.stop();
  }
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const restart = async (): Promise<void> => {
    await stop();
    await start();
  };
  context.subscriptions.push(
    vscode.commands.registerCommand(`${SECTION}.restart`, restart),
    vscode.workspace.onDidChangeConfiguration((change) => (change.affectsConfiguration(`${SECTION}.command`) ? restart() : undefined)),
  );
  await start();
}

export const deactivate = stop;
