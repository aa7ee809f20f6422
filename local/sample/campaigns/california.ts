import type * as z from 'zod'
import type { campaignInput } from '#shared/domain/routing/campaign.ts'

/** Campaigns of the schools in California. */
export const buildCaliforniaCampaigns = (webhookUrl: string): { id: string; body: z.input<typeof campaignInput> }[] => [
  {
    id: 'sierra-lantern-west',
    body: {
      schoolId: 'sierra-lantern-university',
      name: 'Online degrees',
      programIds: ['sierra-lantern-hit-associate', 'sierra-lantern-health-administration-bachelor'],
      priority: 201,
      priceCents: 4800,
      endpoint: { kind: 'webhook', url: `${webhookUrl}/sierra-lantern-university` },
    },
  },
  {
    id: 'manzanita-ridge-admissions',
    body: {
      schoolId: 'manzanita-ridge-college',
      name: 'Associate degree and certificate, to the admissions office',
      programIds: ['manzanita-ridge-hit-associate', 'manzanita-ridge-coding-certificate'],
      priority: 205,
      priceCents: 3600,
      endpoint: { kind: 'email', to: 'admissions@manzanita-ridge-college.example' },
    },
  },
  {
    id: 'golden-poppy-california',
    body: {
      schoolId: 'golden-poppy-health-college',
      name: 'Associate degree, California',
      programIds: ['golden-poppy-hit-associate'],
      priority: 209,
      priceCents: 4100,
      endpoint: { kind: 'webhook', url: `${webhookUrl}/golden-poppy-health-college` },
    },
  },
  {
    id: 'golden-poppy-registry',
    body: {
      schoolId: 'golden-poppy-health-college',
      name: 'Cancer registry certificate, nationwide',
      programIds: ['golden-poppy-registry-certificate'],
      priority: 264,
      priceCents: 3300,
      endpoint: { kind: 'webhook', url: `${webhookUrl}/golden-poppy-health-college` },
    },
  },
  {
    id: 'saltmarsh-bay-degrees',
    body: {
      schoolId: 'saltmarsh-bay-university',
      name: 'Bachelor’s degrees',
      programIds: ['saltmarsh-bay-him-bachelor', 'saltmarsh-bay-database-bachelor'],
      priority: 252,
      priceCents: 5500,
      endpoint: { kind: 'webhook', url: `${webhookUrl}/saltmarsh-bay-university` },
    },
  },
  {
    id: 'saltmarsh-bay-exclusive',
    body: {
      schoolId: 'saltmarsh-bay-university',
      name: 'Records certificate: fallback, exclusive',
      programIds: ['saltmarsh-bay-records-certificate'],
      priority: 300,
      sharing: 'exclusive',
      priceCents: 6500,
      endpoint: { kind: 'webhook', url: `${webhookUrl}/saltmarsh-bay-university` },
    },
  },
]
