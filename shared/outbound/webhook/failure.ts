import type { Deadline } from './deadline.ts'

export type Stage = 'resolve' | 'connect' | 'tls' | 'send' | 'receive'

type Circumstances = { stage: Stage; error: unknown; deadline: Deadline; signal: AbortSignal | undefined }
type Failure = { stage: Stage | 'deadline' | 'refused'; reason: string }

/** Says at which stage a request failed, by how far it had come and what went wrong; the reason is the error's code. */
export function failure({ stage, error, deadline, signal }: Circumstances): Failure {
  if (deadline.signal.aborted) {
    const why = signal?.aborted ? 'The caller stopped it' : 'The time was up'
    return { stage: 'deadline', reason: `${why} ${during[stage]}.` }
  }
  const reason = codeOf(error)
  if (unsendable.includes(reason)) return { stage: 'refused', reason }
  if (stage === 'connect' && !isOfNetwork(error, reason)) return { stage: 'tls', reason }
  if (stage === 'send' && notHttp.test(reason)) return { stage: 'receive', reason }
  return { stage, reason }
}

const during = {
  resolve: 'while the name was being resolved',
  connect: 'while connecting',
  tls: 'while connecting',
  send: 'before an answer began',
  receive: 'before the answer was complete',
} as const satisfies { [stage in Stage]: string }

const unsendable = ['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED']
const notHttp = /^(HPE_.*|HTTPParserError|UND_ERR_HEADERS_OVERFLOW)$/

/** TLS runs over a connection that stands: whatever the system call `connect` did not say itself is about TLS. */
function isOfNetwork(error: unknown, code: string): boolean {
  return (
    code === 'UND_ERR_CONNECT_TIMEOUT' || (error instanceof Error && 'syscall' in error && error.syscall === 'connect')
  )
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
