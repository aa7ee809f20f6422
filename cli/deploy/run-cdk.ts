import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const cdk = join(import.meta.dirname, '../../node_modules/aws-cdk/bin/cdk')
const interruptSignals = ['SIGINT', 'SIGTERM'] as const

/** Runs the CDK CLI of this project at this terminal. If it fails, this process exits with its code. */
export function runCdk(...options: string[]): void {
  runOrExit([cdk, ...options])
}

/** Runs Node with these arguments. After Ctrl-C, it waits for the program and says what CloudFormation does meanwhile. */
export function runOrExit(args: readonly string[]): void {
  // With a handler, Ctrl-C does not end this process before the program that it also reaches.
  const ignore = () => {}
  for (const signal of interruptSignals) process.on(signal, ignore)
  const { status, signal: endedBy } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  for (const signal of interruptSignals) process.off(signal, ignore)
  if (status === 0) return
  if (endedBy !== null || (status !== null && status > 128))
    console.error(
      'Interrupted. CloudFormation goes on with what it has begun. Run the same command again: it says if a stack is still in progress.',
    )
  process.exit(status ?? 1)
}

/** The `-c` options that name a stage and its overrides. */
export function toContextOptions(stage: string, context: { readonly [name: string]: string }): string[] {
  return Object.entries({ stage, ...context }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
