import type { FieldError } from '#shared/contract/problems.ts'

/** How a command ends. `npm run ops -- --help` and docs/commands.md show the same table. */
export const exitCodes = {
  done: { code: 0, means: 'done' },
  refused: { code: 1, means: 'refused or failed; standard error says why' },
  usage: { code: 2, means: 'wrong usage; nothing was asked of anybody' },
  unreached: { code: 3, means: 'nobody answers, or the key is missing or not valid' },
} as const

type StopReason = {
  title: string
  detail?: string | undefined
  errors?: FieldError[] | undefined
  /** Of a problem that the API answered with. */
  status?: number | undefined
  ends?: keyof typeof exitCodes
}

/** Says on standard error what is wrong, field by field, and ends. */
export function stop({ title, detail, errors = [], status, ends }: StopReason): never {
  console.error(detail ? `${title}: ${detail}` : title)
  for (const { pointer, detail: fieldDetail } of errors) console.error(`  ${pointer} ${fieldDetail}`)
  process.exit(exitCodes[ends ?? (status === 401 ? 'unreached' : 'refused')].code)
}
