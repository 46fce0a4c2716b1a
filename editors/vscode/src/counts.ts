// How many findings there are. The one thing to know: only our own count; other extensions' diagnostics of the same files
// are none of our business.

/** The `source` of the server's diagnostics. */
export const SOURCE = 'miniguard'

/** By severity, in the order of `vscode.DiagnosticSeverity`: error, warning, information, hint. */
export type Counts = [errors: number, warnings: number, information: number, hints: number]

interface Diagnostic {
  source?: string | undefined
  severity: number
}

export function count(files: Iterable<readonly [unknown, readonly Diagnostic[]]>): Counts {
  const counts: Counts = [0, 0, 0, 0]
  for (const [, diagnostics] of files) {
    for (const { source, severity } of diagnostics) {
      if (source === SOURCE && severity in counts) counts[severity as 0 | 1 | 2 | 3] += 1
    }
  }
  return counts
}
