/** Examples for the help of a command. With --silent npm adds no lines of its own to the output. */
export function formatExamples(...lines: string[]): ['after', string] {
  const heading = lines.length === 1 ? 'Example' : 'Examples'
  return [
    'after',
    `\n${heading}:\n${lines.map((line) => `  npm run ${/ > |--json/.test(line) ? '--silent ops' : 'ops'} -- ${line}`).join('\n')}`,
  ]
}
