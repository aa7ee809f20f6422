import cliProgress from 'cli-progress'

/**
 * Shows progress on standard error, if it is a terminal.
 * @param total absent if it is not known yet
 */
export function startProgressBar(label: string, total?: number) {
  if (!process.stderr.isTTY) return { update: (_count: number) => {}, end: () => {} }
  const format = total === undefined ? `{value} ${label}` : `{bar} {value} of {total} ${label}`
  const bar = new cliProgress.SingleBar({ format, clearOnComplete: true }, cliProgress.Presets.shades_classic)
  bar.start(total ?? 0, 0)
  return { update: (count: number) => bar.update(count), end: () => bar.stop() }
}
