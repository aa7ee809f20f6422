import type { Deadline } from './create-deadline.ts'

export type WebhookStage = 'resolve' | 'connect' | 'tls' | 'send' | 'receive'

type FailureContext = { stage: WebhookStage; error: unknown; deadline: Deadline; signal: AbortSignal | undefined }
type RequestFailure = { stage: WebhookStage | 'deadline' | 'refused'; reason: string }

/** Returns the stage at which a request failed and the reason: an error code, or a sentence for a deadline. */
export function describeFailure({ stage, error, deadline, signal }: FailureContext): RequestFailure {
  if (deadline.signal.aborted) {
    const why = signal?.aborted ? 'The caller aborted' : 'The deadline passed'
    const reason = `${why} ${stageDescriptions[stage]}.`
    // Nothing was sent before the connection was open, so the school cannot have received it.
    return { stage: stage === 'send' || stage === 'receive' ? 'deadline' : stage, reason }
  }
  const reason = getErrorCode(error)
  if (unsendableCodes.includes(reason)) return { stage: 'refused', reason }
  if (stage === 'connect' && !isNetworkError(error, reason)) return { stage: 'tls', reason }
  if (stage === 'send' && notHttpCode.test(reason)) return { stage: 'receive', reason }
  return { stage, reason }
}

const stageDescriptions = {
  resolve: 'while the host name was being resolved',
  connect: 'while connecting',
  tls: 'while connecting',
  send: 'before a response began',
  receive: 'before the response was complete',
} as const satisfies { [stage in WebhookStage]: string }

const unsendableCodes = ['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED']
const notHttpCode = /^(HPE_.*|HTTPParserError|UND_ERR_HEADERS_OVERFLOW)$/

/** Whether connecting itself failed. Any other error in the connect stage comes from TLS. */
function isNetworkError(error: unknown, code: string): boolean {
  return (
    code === 'UND_ERR_CONNECT_TIMEOUT' || (error instanceof Error && 'syscall' in error && error.syscall === 'connect')
  )
}

function getErrorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
