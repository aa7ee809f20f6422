import type * as z from 'zod'
import { createPortalLink, listPortalLinks, openSchoolSession } from '#shared/contract/access/portal-links.ts'
import { listSessions } from '#shared/contract/access/sessions.ts'
import { problem } from '#shared/contract/problems.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'

type Link = z.output<(typeof createPortalLink.responses)[201]['body']>

/** What staff and schools do with portal links and sessions. */
export function createPortal({ api }: Pick<TestSystem, 'api'>) {
  const call = (key: string) => (method: string, path: string, body?: object) =>
    api.call(method, path, { headers: { authorization: `Bearer ${key}` }, ...(body && { body }) })
  const createLink = async (fields: object = {}, staffKey = api.staffKey): Promise<Link> => {
    const response = await call(staffKey)('POST', '/v1/ops/portal-links', { schoolId: 'tall-grass', ...fields })
    return createPortalLink.responses[201].body.parse(response.body)
  }
  const open = ({ token }: Pick<Link, 'token'>) => api.call('POST', '/v1/school-sessions', { body: { token } })
  return {
    call,
    createLink,
    open,
    /** @throws if the link does not open */
    signIn: async (link?: Link) =>
      openSchoolSession.responses[201].body.parse((await open(link ?? (await createLink()))).body).key,
    isAccepted: async (key: string) => (await call(key)('GET', '/v1/school')).status === 200,
    revokeLink: ({ linkId }: Link) => api.staff('DELETE', `/v1/ops/portal-links/${linkId}`),
    endAll: (schoolId = 'tall-grass') => api.staff('DELETE', `/v1/ops/schools/${schoolId}/sessions`),
    listLinks: async (query = '') =>
      listPortalLinks.responses[200].body.parse((await api.staff('GET', `/v1/ops/portal-links${query}`)).body).links,
    listSessions: async (query = '') =>
      listSessions.responses[200].body.parse((await api.staff('GET', `/v1/ops/sessions${query}`)).body).sessions,
  }
}

/** The code of a problem, or the status of any other response. */
export function readCode({ status, body }: { status: number; body: unknown }): string | number {
  return problem.safeParse(body).data?.code ?? status
}
