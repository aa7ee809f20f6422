import type * as z from 'zod'
import type { campaignInput } from '#shared/domain/routing/campaign.ts'

/** Campaigns of the schools in Texas. */
export const buildTexasCampaigns = (webhookUrl: string): { id: string; body: z.input<typeof campaignInput> }[] => [
  {
    id: 'lone-prairie-texas',
    body: {
      schoolId: 'lone-prairie-college',
      name: 'Associate degree, Texas',
      programIds: ['lone-prairie-hit-associate'],
      priority: 200,
      priceCents: 4500,
      endpoint: { kind: 'webhook', url: `${webhookUrl}/lone-prairie-college` },
    },
  },
  {
    id: 'lone-prairie-nationwide',
    body: {
      schoolId: 'lone-prairie-college',
      name: 'Coding certificate, nationwide, 40 a day',
      programIds: ['lone-prairie-coding-certificate'],
      caps: [{ period: 'day', limit: 40 }],
      priority: 240,
      priceCents: 3000,
      endpoint: { kind: 'webhook', url: `${webhookUrl}/lone-prairie-college` },
    },
  },
  {
    id: 'mesquite-bend-admissions',
    body: {
      schoolId: 'mesquite-bend-college',
      name: 'Associate degree, to the admissions office',
      programIds: ['mesquite-bend-hit-associate'],
      priority: 204,
      priceCents: 3800,
      endpoint: { kind: 'email', to: 'admissions@mesquite-bend-college.example' },
    },
  },
  {
    id: 'bluebonnet-hollow-texas',
    body: {
      schoolId: 'bluebonnet-hollow-institute',
      name: 'Records and coding diploma',
      programIds: ['bluebonnet-hollow-coding-diploma'],
      priority: 208,
      priceCents: 2900,
      endpoint: { kind: 'webhook', url: `${webhookUrl}/bluebonnet-hollow-institute` },
    },
  },
  {
    id: 'pecan-ferry-online',
    body: {
      schoolId: 'pecan-ferry-university',
      name: 'Online bachelor’s degree, 500 a month',
      programIds: ['pecan-ferry-him-bachelor'],
      caps: [{ period: 'month', limit: 500 }],
      priority: 244,
      priceCents: 5200,
      endpoint: { kind: 'webhook', url: `${webhookUrl}/pecan-ferry-university` },
    },
  },
  {
    id: 'pecan-ferry-graduate',
    body: {
      schoolId: 'pecan-ferry-university',
      name: 'Master of Health Administration',
      programIds: ['pecan-ferry-health-administration-master'],
      priority: 270,
      priceCents: 6200,
      endpoint: { kind: 'webhook', url: `${webhookUrl}/pecan-ferry-university` },
    },
  },
]
