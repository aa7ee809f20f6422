import type { FieldError } from '#shared/contract/problems.ts'

/** Exit codes of all commands. `npm run ops -- --help` and docs/commands.md show the same table. */
export const exitCodes = {
  done: { code: 0, means: 'done' },
  refused: { code: 1, means: 'refused or failed; the reason is on standard error' },
  usage: { code: 2, means: 'wrong usage; no request was sent' },
  unreachable: { code: 3, means: 'no response, or the API key is missing or not valid' },
} as const

type StopReason = {
  title: string
  detail?: string | undefined
  errors?: FieldError[] | undefined
  /** HTTP status, if the reason is a problem that the API returned. */
  status?: number | undefined
  ends?: keyof typeof exitCodes
}

/** Prints the reason and its field errors on standard error, and exits. */
export function stop({ title, detail, errors = [], status, ends }: StopReason): never {
  console.error(detail ? `${title}: ${detail}` : title)
  for (const { pointer, detail: fieldDetail } of errors) console.error(`  ${pointer} ${fieldDetail}`)
  process.exit(exitCodes[ends ?? (status === 401 ? 'unreachable' : 'refused')].code)
}
