// The output channel, each line with its time. Not a log channel of the editor, which those before 1.74 lack.
import * as vscode from 'vscode'

export class Log implements vscode.Disposable {
  readonly channel = vscode.window.createOutputChannel('miniguard')

  info(text: string): void {
    this.write('info', text)
  }

  warn(text: string): void {
    this.write('warning', text)
  }

  error(text: string): void {
    this.write('error', text)
  }

  show(): void {
    this.channel.show()
  }

  dispose(): void {
    this.channel.dispose()
  }

  private write(level: string, text: string): void {
    this.channel.appendLine(`${new Date().toISOString()} [${level}] ${text}`)
  }
}
