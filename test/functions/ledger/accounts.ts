import type { TestSystem } from '#test/functions/create-test-system.ts'

/** Enters what staff say. `account`: such as `schools/alder`. */
export function addEntry({ api }: Pick<TestSystem, 'api'>, account: string, body: object, key?: string) {
  const headers = key === undefined ? {} : { 'idempotency-key': key }
  return api.staff('POST', `/v1/ops/accounts/${account}/entries`, { headers, body })
}

export async function readSummary({ api }: Pick<TestSystem, 'api'>, account: string) {
  const { body } = await api.staff('GET', `/v1/ops/accounts/${account}`)
  return body
}
