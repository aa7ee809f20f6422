import { stop } from './stop.ts'

export type ConfirmOptions = { yes?: true }
/** For commands that ask for confirmation: `.option(...yesOption)`. */
export const yesOption = ['--yes', 'do not ask for confirmation'] as const

/** Asks before an action that cannot be undone. Exits unless the person at the terminal, or `--yes`, confirms. */
export async function requireConfirmation(question: string, { yes }: ConfirmOptions): Promise<void> {
  if (yes) return
  if (!process.stdin.isTTY) stop({ title: `${question}\nNot a terminal: pass --yes to confirm.`, ends: 'usage' })
  const { default: confirm } = await import('@inquirer/confirm')
  const isConfirmed = await confirm({ message: question, default: false }, { output: process.stderr }).catch(
    () => false,
  )
  if (!isConfirmed) stop({ title: 'Canceled.' })
}
