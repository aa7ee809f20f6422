import type { OperationExamples } from './operation-examples.ts'
import { at, lastPage, later, schoolId } from './people.ts'

const createdBy = { kind: 'staff', keyId: 'key_4fJ0q2mXbW7cT1nZ8yKd5A', name: 'Jo' } as const
const sessionId = 'key_Zk3nPq8sVb1xR6tLw0Yc2E'
const link = { linkId: 'lnk_4fJ0q2mXbW7cT1nZ8yKd5A', schoolId, expiresAt: '2026-11-26T15:04:05.000Z' }
const scope = 'manage'

/** Sign-in links of the portal, and its sessions. */
export const portal: OperationExamples = {
  createPortalLink: { 201: { ...link, token: 'eyJhbGciOiJIUzI1NiJ9.bGluaw.c2lnbmF0dXJl' } },
  listPortalLinks: {
    200: {
      links: [{ ...link, scope, createdAt: at, createdBy, openedAt: later, sessionId, state: 'used' }],
      page: lastPage,
    },
  },
  openSchoolSession: { 201: { key: 'sk_...', schoolId, scope, expiresAt: '2026-11-24T03:04:05.000Z' } },
  listSessions: {
    200: {
      sessions: [
        {
          sessionId,
          linkId: link.linkId,
          schoolId,
          scope,
          state: 'active',
          startedAt: later,
          expiresAt: '2026-11-24T03:04:05.000Z',
          lastUsedAt: later,
          linkCreatedBy: createdBy,
        },
      ],
      page: lastPage,
    },
  },
  endSchoolSessions: { 200: { sessions: 3, links: 1 } },
  endOwnSessions: { 200: { sessions: 3 } },
  readOwnAccess: { 200: { keyId: createdBy.keyId, name: createdBy.name, scope: 'admin' } },
}
