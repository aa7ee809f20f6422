import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { MachineProbe } from './checks.ts'

/** The machine that this runs on. Nothing is sent to AWS: credentials are looked for where the SDK looks for them. */
export function createMachineProbe({ PORT, AWS_ENDPOINT_URL }: { [name: string]: string | undefined }): MachineProbe {
  const { config } = new DynamoDBClient({ maxAttempts: 1 })
  return {
    nodeVersion: process.version,
    run,
    readInstalledVersion,
    isFree,
    port: Number(PORT || 3000),
    credentials: () => withTimeout(5000, config.credentials()),
    region: () => withTimeout(5000, config.region()),
    endpoint: AWS_ENDPOINT_URL,
  }
}

function run(program: string, ...args: string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 10_000 }, (error, stdout, stderr) =>
      resolve(error ? undefined : `${stdout}${stderr}`),
    )
  })
}

function readInstalledVersion(packageName: string): string | undefined {
  try {
    const { version } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../node_modules', packageName, 'package.json'), 'utf8'),
    )
    return String(version)
  } catch {
    return undefined
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, () => server.close(() => resolve(true)))
  })
}

/** Where there is nothing else, the SDK asks a machine of Amazon's about itself, and waits long for its answer. */
function withTimeout<Value>(timeoutMs: number, promise: Promise<Value>): Promise<Value> {
  const timeout = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`Nothing came within ${timeoutMs} ms.`)), timeoutMs).unref()
  })
  return Promise.race([promise, timeout])
}
