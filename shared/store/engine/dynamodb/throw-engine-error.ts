import { EngineMisuse, EngineThrottled } from '../engine.ts'

/**
 * @throws EngineMisuse if DynamoDB rejected the call itself, EngineThrottled if it throttled the call, and any other
 * error as it is.
 */
export function throwEngineError(error: unknown): never {
  if (error instanceof Error && error.name === 'ValidationException')
    throw new EngineMisuse(error.message, { cause: error })
  if (error instanceof Error && throttlingErrors.has(error.name))
    throw new EngineThrottled(error.message, { cause: error })
  throw error
}

const throttlingErrors = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
])
