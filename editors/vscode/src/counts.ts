// How many findings the Problems panel shows: ours alone, other extensions' diagnostics of the same files are theirs; and without
// hints, which the editor draws in the text and does not list.

/** The `source` of the server's diagnostics. */
export const SOURCE = 'miniguard'

export interface Counts {
  errors: number
  warnings: number
  information: number
}

interface Diagnostic {
  source?: string | undefined
  /** As `vscode.DiagnosticSeverity`: error, warning, information, hint, from 0. */
  severity: number
}

export function count(files: Iterable<readonly [unknown, readonly Diagnostic[]]>): Counts {
  const counts: [number, number, number] = [0, 0, 0]
  for (const [, diagnostics] of files) {
    for (const { source, severity } of diagnostics) {
      if (source === SOURCE && severity in counts) counts[severity as 0 | 1 | 2] += 1
    }
  }
  const [errors, warnings, information] = counts
  return { errors, warnings, information }
}
