import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

export type DynamodbLocal = { endpoint: string; missing: string; stop: () => void }

/** Starts Amazon's DynamoDB Local without waiting: creating a table waits. `missing` is the reason if it cannot start. */
export async function dynamodbLocal(): Promise<DynamodbLocal> {
  const missing = findMissingPrerequisite()
  if (missing) return { endpoint: '', missing, stop: () => {} }
  const port = await freePort()
  const java = spawn('java', [...command, '-port', `${port}`], { cwd: emulator, stdio: 'ignore' })
  const stop = () => java.kill('SIGKILL')
  process.once('exit', stop)
  return { endpoint: `http://127.0.0.1:${port}`, missing, stop }
}

const emulator = fileURLToPath(new URL('../node_modules/amplify-dynamodb-simulator/emulator', import.meta.url))
const command = [
  '-Djava.library.path=DynamoDBLocal_lib',
  ...['-jar', 'DynamoDBLocal.jar'],
  ...['-sharedDb', '-inMemory', '-disableTelemetry'],
]
const minJavaVersion = 11

function findMissingPrerequisite() {
  if (!existsSync(emulator)) return 'amplify-dynamodb-simulator is not installed'
  const versionOutput = spawnSync('java', ['-version'], { encoding: 'utf8' }).stderr ?? ''
  const version = Number(/version "(\d+)/.exec(versionOutput)?.[1] ?? 0)
  return version >= minJavaVersion ? '' : "no Java 11 or newer found; install e.g. Debian's default-jre-headless"
}

function freePort() {
  return new Promise<number>((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
