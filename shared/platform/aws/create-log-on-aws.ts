import { Logger } from '@aws-lambda-powertools/logger'
import type { Log } from '../log.ts'

export function createLogOnAws({ STAGE }: { STAGE: string }): Log {
  const logger = new Logger({ serviceName: 'prospectus' })
  // Last, so that no field of an event can hide from which deployment a line is.
  return (event, fields) => logger.info(event, { ...fields, stage: STAGE })
}
