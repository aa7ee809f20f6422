import { waitUntil } from '#test/local/wait-until.ts'

/** The body of any response. */
export type HostJson = ReturnType<typeof JSON.parse>
export type Fields = { [field: string]: unknown }
export type HostCallOptions = { headers?: { [name: string]: string }; body?: object }
export type HostResponse = { status: number; headers: Headers; text: string; body: HostJson }
export type HostCall = (method: string, path: string, options?: HostCallOptions) => Promise<HostResponse>
/** With a secret key, below `/v1`. */
export type KeyCall = (
  method: string,
  path: string,
  body?: object,
  headers?: { [name: string]: string },
) => Promise<HostResponse>

type ReceivedRequest = { type: string; text: string; body: HostJson }
/** A school that receives webhooks. An answer that is a promise holds the request open. */
export type Receiver = {
  url: string
  requests: ReceivedRequest[]
  answer: () => number | Promise<number>
  /** The body of its answers. */
  content: string
  listOfType: (type: string) => ReceivedRequest[]
  countLeads: () => number
}

const withinMs = 120_000
export const until: typeof waitUntil = (read) => waitUntil(read, withinMs)

/** Does the same several times at once, as impatient people and repeated requests do. */
export const times = <Result>(count: number, act: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)))

export const sortStatuses = (responses: readonly { status: number }[]) => responses.map(({ status }) => status).sort()
