import type { Deadline } from './create-deadline.ts'

export type WebhookStage = 'resolve' | 'connect' | 'tls' | 'send' | 'receive'

type FailureContext = { stage: WebhookStage; error: unknown; deadline: Deadline; signal: AbortSignal | undefined }
type RequestFailure = { stage: WebhookStage | 'deadline' | 'refused'; reason: string }

/** Says at which stage a request failed, by how far it had come and what went wrong; the reason is the error's code. */
export function describeFailure({ stage, error, deadline, signal }: FailureContext): RequestFailure {
  if (deadline.signal.aborted) {
    const why = signal?.aborted ? 'The caller stopped it' : 'The time was up'
    return { stage: 'deadline', reason: `${why} ${stageDescriptions[stage]}.` }
  }
  const reason = getErrorCode(error)
  if (unsendableCodes.includes(reason)) return { stage: 'refused', reason }
  if (stage === 'connect' && !isNetworkError(error, reason)) return { stage: 'tls', reason }
  if (stage === 'send' && notHttpCode.test(reason)) return { stage: 'receive', reason }
  return { stage, reason }
}

const stageDescriptions = {
  resolve: 'while the name was being resolved',
  connect: 'while connecting',
  tls: 'while connecting',
  send: 'before an answer began',
  receive: 'before the answer was complete',
} as const satisfies { [stage in WebhookStage]: string }

const unsendableCodes = ['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED']
const notHttpCode = /^(HPE_.*|HTTPParserError|UND_ERR_HEADERS_OVERFLOW)$/

/** TLS runs over a connection that stands: whatever the system call `connect` did not say itself is about TLS. */
function isNetworkError(error: unknown, code: string): boolean {
  return (
    code === 'UND_ERR_CONNECT_TIMEOUT' || (error instanceof Error && 'syscall' in error && error.syscall === 'connect')
  )
}

function getErrorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
