/** What stands below the options of a command. */
export function examples(...lines: string[]): ['after', string] {
  const heading = lines.length === 1 ? 'Example' : 'Examples'
  return ['after', `\n${heading}:\n${lines.map((line) => `  npm run ops -- ${line}`).join('\n')}`]
}
