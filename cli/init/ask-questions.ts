import { createInterface } from 'node:readline/promises'
import { stop } from '#cli/ops/stop.ts'
import { hidePasswords } from './hide-passwords.ts'

/** A question at the terminal, and an option of the command: `publicUrl` is `--public-url`. */
export type SetupQuestion<Name extends string = string> = {
  name: Name
  text: string
  /** Absent: it must be answered. An empty default means that no answer is an answer. */
  default?: string | undefined
  /** Returns what is wrong with an answer, and how to correct it. */
  findFault: (answer: string) => string | undefined
}
export type Answers<Name extends string> = { [name in Name]: string }
/** Returns one line; undefined at the end of the input. */
export type Ask = (prompt: string) => Promise<string | undefined>
type AskOptions<Name extends string> = {
  /** From the command line. They are not asked for. */
  options: { readonly [name in Name]?: string | undefined }
  /** Absent: there is no terminal, so defaults are taken. */
  ask: Ask | undefined
  print?: (line: string) => void
}

/** Returns one valid answer per question. Asks again after an invalid one. Exits with code 2 for an invalid option, or if an answer is missing. */
export async function askQuestions<const Name extends string>(
  questions: readonly SetupQuestion<Name>[],
  { options, ask, print = console.error }: AskOptions<Name>,
): Promise<Answers<Name>> {
  const faults = questions.flatMap((question) => {
    const option = options[question.name]
    if (option === undefined) {
      const isMissing = ask === undefined && question.default === undefined
      return isMissing ? [`${toFlag(question.name)} is missing: ${question.text}`] : []
    }
    const fault = option === '' && question.default === '' ? undefined : question.findFault(option)
    return fault === undefined ? [] : [`${toFlag(question.name)}: ${fault}`]
  })
  if (faults.length > 0) stop({ title: faults.join('\n'), ends: 'usage' })
  const entries: [string, string][] = []
  for (const question of questions) {
    const option = options[question.name]
    if (option !== undefined) entries.push([question.name, option])
    else entries.push([question.name, ask ? await askUntilValid(question, ask, print) : (question.default ?? '')])
  }
  return Object.fromEntries(entries) as Answers<Name>
}

async function askUntilValid(question: SetupQuestion, ask: Ask, print: (line: string) => void): Promise<string> {
  const hint = question.default === undefined ? '' : ` [${hidePasswords(question.default) || 'none'}]`
  for (;;) {
    const line = await ask(`${question.text}${hint}: `)
    if (line === undefined) return stop({ title: 'Canceled. Nothing was written.' })
    const answer = line.trim() || (question.default ?? '')
    if (answer === '' && question.default === '') return ''
    const fault = question.findFault(answer)
    if (fault === undefined) return answer
    print(`  ${fault}`)
  }
}

/** Asks at the terminal; undefined if there is none. Questions go to standard error, so that standard output has only the result. */
export function createTerminalAsk(): Ask | undefined {
  if (!process.stdin.isTTY) return undefined
  return async (prompt) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr })
    const ended = new Promise<undefined>((resolve) => terminal.once('close', () => resolve(undefined)))
    try {
      const line = await Promise.race([terminal.question(prompt), ended])
      // After Ctrl-C, the cursor is still behind the question.
      if (line === undefined) process.stderr.write('\n')
      return line
    } finally {
      terminal.close()
    }
  }
}

export function toFlag(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
