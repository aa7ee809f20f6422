/** What stands below the options of a command. Where the output goes into a file, npm must not add a line of its own. */
export function formatExamples(...lines: string[]): ['after', string] {
  const heading = lines.length === 1 ? 'Example' : 'Examples'
  return [
    'after',
    `\n${heading}:\n${lines.map((line) => `  npm run ${/ > |--json/.test(line) ? '--silent ops' : 'ops'} -- ${line}`).join('\n')}`,
  ]
}
