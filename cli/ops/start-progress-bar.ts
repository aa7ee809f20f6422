import cliProgress from 'cli-progress'

/**
 * How far long work has come, on standard error and only where somebody watches.
 * @param total absent where nobody knows yet
 */
export function startProgressBar(label: string, total?: number) {
  if (!process.stderr.isTTY) return { update: (_done: number) => {}, end: () => {} }
  const format = total === undefined ? `{value} ${label}` : `{bar} {value} of {total} ${label}`
  const bar = new cliProgress.SingleBar({ format, clearOnComplete: true }, cliProgress.Presets.shades_classic)
  bar.start(total ?? 0, 0)
  return { update: (count: number) => bar.update(count), end: () => bar.stop() }
}
