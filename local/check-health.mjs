// Exits with 0 if the host on this machine would take a lead. Plain JavaScript, because it runs every few seconds.
const { PORT = '3000' } = process.env
const response = await fetch(`http://127.0.0.1:${PORT}/health/ready`).catch(() => undefined)
process.exitCode = response?.ok ? 0 : 1
