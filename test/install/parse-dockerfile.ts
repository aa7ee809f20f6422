/** `words` are the arguments: of the JSON form its strings, and otherwise the text between spaces without flags. */
export type Instruction = { name: string; flags: { [flag: string]: string }; words: string[]; form: 'json' | 'shell' }
/** What one FROM begins. */
export type Stage = { image: string; name: string; instructions: Instruction[] }

/** Parses the stages of a Dockerfile. @throws Error for an instruction that is unknown or stands before the first FROM */
export function parseDockerfile(text: string): Stage[] {
  const stages: Stage[] = []
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replaceAll('\\\n', ' ')
    .split('\n')
  for (const line of lines.filter((one) => one.trim() !== '')) {
    const instruction = parseInstruction(line)
    const [image = '', as = '', name = ''] = instruction.words
    if (instruction.name === 'FROM')
      stages.push({ image, name: as.toUpperCase() === 'AS' ? name : '', instructions: [] })
    else if (stages.length === 0) throw new Error(`${line} stands before the first FROM`)
    else stages.at(-1)?.instructions.push(instruction)
  }
  return stages
}

const instructionNames =
  'FROM COPY RUN ENV USER VOLUME EXPOSE HEALTHCHECK CMD ENTRYPOINT WORKDIR LABEL ARG STOPSIGNAL'.split(' ')

function parseInstruction(line: string): Instruction {
  const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? []
  if (!instructionNames.includes(name)) throw new Error(`${line} has no instruction that can be parsed here`)
  const [, flagText = '', value = ''] = /^((?:--[a-z-]+=\S+\s+)*)(.*)$/.exec(rest) ?? []
  const flags = Object.fromEntries(
    [...flagText.matchAll(/--([a-z-]+)=(\S+)/g)].map(([, flag = '', content = '']) => [flag, content]),
  )
  // HEALTHCHECK has its command after the word CMD.
  const command = name === 'HEALTHCHECK' ? value.replace(/^CMD\s+/, '') : value
  if (command.startsWith('[')) return { name, flags, words: JSON.parse(command), form: 'json' }
  return { name, flags, words: command.trim().split(/\s+/), form: 'shell' }
}
