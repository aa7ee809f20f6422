import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Runs the CDK CLI of this project at this terminal. If it fails, this process exits with its code. */
export function runCdk(...options: string[]): void {
  const cli = join(import.meta.dirname, '../../node_modules/aws-cdk/bin/cdk')
  const { status } = spawnSync(process.execPath, [cli, ...options], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

/** The `-c` options that name a stage and its overrides. */
export function toContextOptions(stage: string, context: { readonly [name: string]: string }): string[] {
  return Object.entries({ stage, ...context }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
