import { parseArgs } from 'node:util'
import { CannotStart } from './cannot-start.ts'

export type Options = { output: 'people' | 'json' | 'help'; port: number; dataDir?: string }

export const usage = `Prospectus on this machine: the API, its workers, an inbox and a sample school, in one process.

  npm start                  until Ctrl-C
  npm start -- --json        print addresses and keys as one line of JSON when ready
  npm start -- --help        print this

  PORT       the port to listen on, 3000 unless set; 0 for any free one
  DATA_DIR   a folder to keep everything in; without it, all is forgotten at the end
`

/** What the command line and the environment ask for. @throws CannotStart where that cannot be. */
export function options(args: readonly string[], { PORT, DATA_DIR }: { [name: string]: string | undefined }): Options {
  const { values, positionals } = parseArgs({ args: [...args], options: flags, strict: false })
  const strange = Object.keys(values).filter((name) => !Object.hasOwn(flags, name))
  const unknown = [...strange.map((name) => (name.length > 1 ? `--${name}` : `-${name}`)), ...positionals][0]
  if (unknown !== undefined) throw new CannotStart(`Prospectus does not know "${unknown}". It takes --json and --help.`)
  return {
    output: values.help ? 'help' : values.json ? 'json' : 'people',
    port: portOf(PORT),
    ...(DATA_DIR && { dataDir: DATA_DIR }),
  }
}

const flags = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const

function portOf(given = ''): number {
  if (given.trim() === '') return 3000
  const port = /^\d{1,5}$/.test(given.trim()) ? Number(given) : Number.NaN
  if (port <= 65_535) return port
  throw new CannotStart(
    `PORT is "${given}", which is no port. Set it to a number from 1 to 65535, or to 0 for any free one.`,
  )
}
