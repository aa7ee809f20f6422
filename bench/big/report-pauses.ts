/**
 * Loaded into a host with `--import`. Reports each pause of its event loop to the parent: for how long no timer ran, and how
 * much of that this thread computed, both in milliseconds. The rest was waiting for the disk or for a busy processor.
 * Answers any message with the time that the thread has computed so far.
 */
const everyMs = 10
const minReportedMs = 50

let lastAt = performance.now()
let lastCpu = process.threadCpuUsage()
setInterval(() => {
  const at = performance.now()
  const pauseMs = at - lastAt - everyMs
  const { user, system } = process.threadCpuUsage(lastCpu)
  if (pauseMs >= minReportedMs) process.send?.({ pauseMs, cpuMs: (user + system) / 1000, endedAt: performance.now() })
  lastAt = at
  lastCpu = process.threadCpuUsage()
}, everyMs).unref()
process.on('message', () => {
  const { user, system } = process.threadCpuUsage()
  process.send?.({ computedMs: (user + system) / 1000 })
})
process.channel?.unref()
