import { EngineMisuse } from '../engine.ts'

/** Rethrows a fault: as `EngineMisuse` where DynamoDB says that the call itself is at fault. */
export function rethrowMisuse(fault: unknown): never {
  if (fault instanceof Error && fault.name === 'ValidationException') {
    throw new EngineMisuse(fault.message, { cause: fault })
  }
  throw fault
}
