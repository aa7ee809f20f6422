import cliProgress from 'cli-progress'

/**
 * How far long work has come, on standard error and only where somebody watches.
 * @param total absent where nobody knows yet
 */
export function progress(what: string, total?: number) {
  if (!process.stderr.isTTY) return { at: (_done: number) => {}, end: () => {} }
  const format = total === undefined ? `{value} ${what}` : `{bar} {value} of {total} ${what}`
  const bar = new cliProgress.SingleBar({ format, clearOnComplete: true }, cliProgress.Presets.shades_classic)
  bar.start(total ?? 0, 0)
  return { at: (done: number) => bar.update(done), end: () => bar.stop() }
}
