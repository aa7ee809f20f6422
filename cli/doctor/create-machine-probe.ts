import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createAwsClient } from '#cli/aws/create-aws-client.ts'
import { readCallerIdentity } from '#cli/aws/read-account.ts'
import { databaseFile } from '#local/data/data-folder.ts'
import { readHold } from '#local/data/hold.ts'
import { readProvider } from './check-provider.ts'
import type { MachineProbe } from './checks.ts'

/** Reads the current machine. Region and credentials are resolved as the SDK resolves them. */
export function createMachineProbe({
  PORT,
  DATA_DIR,
  AWS_ENDPOINT_URL,
  OIDC_ISSUER,
}: {
  [name: string]: string | undefined
}): MachineProbe {
  const { config } = new DynamoDBClient({ maxAttempts: 1 })
  return {
    nodeVersion: process.version,
    run,
    readInstalledVersion,
    isFree,
    port: Number(PORT || 3000),
    findDataFolder: () => (DATA_DIR ? { folder: DATA_DIR, hold: findHold(DATA_DIR) } : undefined),
    issuer: OIDC_ISSUER || undefined,
    readProvider,
    region: () => withTimeout(5000, config.region()),
    readIdentity: (region) => withTimeout(15_000, readCallerIdentity(createAwsClient(), region)),
    endpoint: AWS_ENDPOINT_URL,
  }
}

function findHold(folder: string) {
  const database = join(folder, databaseFile)
  return existsSync(database) ? readHold(database) : undefined
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

/** Without other credentials the SDK asks the EC2 metadata service, and waits long for its response. */
function withTimeout<Value>(timeoutMs: number, promise: Promise<Value>): Promise<Value> {
  const timeout = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`No response within ${timeoutMs} ms.`)), timeoutMs).unref()
  })
  return Promise.race([promise, timeout])
}
