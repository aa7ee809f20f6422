import { stop } from './stop.ts'

export type Asking = { yes?: true }
/** For commands that ask first: `.option(...yes)`. */
export const yes = ['--yes', 'do not ask first'] as const

/** Goes on where somebody at the terminal, or `--yes`, says so. For what cannot be undone. */
export async function agree(question: string, { yes }: Asking): Promise<void> {
  if (yes) return
  if (!process.stdin.isTTY)
    stop({ title: `${question}\nNobody is there to be asked: say --yes if it is meant.`, ends: 'usage' })
  const { default: confirm } = await import('@inquirer/confirm')
  const said = await confirm({ message: question, default: false }, { output: process.stderr }).catch(() => false)
  if (!said) stop({ title: 'Nothing was done.' })
}
