import { stop } from './stop.ts'

export type ConfirmOptions = { yes?: true }
/** For commands that ask first: `.option(...yes)`. */
export const yesOption = ['--yes', 'do not ask first'] as const

/** Goes on where somebody at the terminal, or `--yes`, says so. For what cannot be undone. */
export async function requireConfirmation(question: string, { yes }: ConfirmOptions): Promise<void> {
  if (yes) return
  if (!process.stdin.isTTY)
    stop({ title: `${question}\nNobody is there to be asked: say --yes if it is meant.`, ends: 'usage' })
  const { default: confirm } = await import('@inquirer/confirm')
  const isConfirmed = await confirm({ message: question, default: false }, { output: process.stderr }).catch(
    () => false,
  )
  if (!isConfirmed) stop({ title: 'Nothing was done.' })
}
