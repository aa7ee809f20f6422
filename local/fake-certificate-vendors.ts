import { createJornaya } from '#shared/outbound/certificates/create-jornaya.ts'
import { createTrustedForm } from '#shared/outbound/certificates/create-trusted-form.ts'
import type { CertificateVendors } from '#shared/outbound/certificates/retain-certificate.ts'
import { fakeJornaya } from './fake-jornaya.ts'
import { fakeTrustedForm } from './fake-trusted-form.ts'

export const fakeCertificateVendors: CertificateVendors = {
  trustedform: createTrustedForm({ apiKey: 'sample', fetch: fakeTrustedForm }),
  jornaya: createJornaya({ accountCode: 'sample', fetch: fakeJornaya }),
}
