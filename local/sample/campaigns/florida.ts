import type * as z from 'zod'
import type { campaignInput } from '#shared/domain/routing/campaign.ts'

/** Campaigns of the schools in Florida. */
export const buildFloridaCampaigns = (webhookUrl: string): { id: string; body: z.input<typeof campaignInput> }[] => [
  {
    id: 'heron-key-florida',
    body: {
      schoolId: 'heron-key-college',
      name: 'Associate degree, Florida and Georgia',
      programIds: ['heron-key-hit-associate'],
      priority: 202,
      priceCents: 4400,
      endpoint: { kind: 'webhook', url: `${webhookUrl}/heron-key-college` },
    },
  },
  {
    id: 'heron-key-online',
    body: {
      schoolId: 'heron-key-college',
      name: 'Coding certificate, nationwide, high school graduates',
      programIds: ['heron-key-coding-certificate'],
      rules: {
        field: 'education.highestLevel',
        op: 'at-least',
        value: 'high-school-diploma',
        reason: 'EDUCATION_LEVEL',
        detail: 'Heron Key College admits high school graduates to its online certificate.',
      },
      priority: 248,
      priceCents: 2700,
      endpoint: { kind: 'webhook', url: `${webhookUrl}/heron-key-college` },
    },
  },
  {
    id: 'egret-harbor-admissions',
    body: {
      schoolId: 'egret-harbor-technical-college',
      name: 'Associate degrees, to the admissions office',
      programIds: ['egret-harbor-hit-associate', 'egret-harbor-registry-associate'],
      priority: 206,
      priceCents: 3500,
      endpoint: { kind: 'email', to: 'admissions@egret-harbor-technical-college.example' },
    },
  },
  {
    id: 'mangrove-point-florida',
    body: {
      schoolId: 'mangrove-point-institute',
      name: 'Health records diploma',
      programIds: ['mangrove-point-records-diploma'],
      priority: 210,
      priceCents: 2500,
      endpoint: {
        kind: 'webhook',
        url: `${webhookUrl}/mangrove-point-institute`,
        responses: { rejected: [{ status: 422 }], reason: '/reason' },
      },
    },
  },
  {
    id: 'coquina-shore-online',
    body: {
      schoolId: 'coquina-shore-university',
      name: 'Online bachelor’s degrees',
      programIds: ['coquina-shore-him-bachelor', 'coquina-shore-data-bachelor'],
      priority: 260,
      priceCents: 5800,
      endpoint: { kind: 'webhook', url: `${webhookUrl}/coquina-shore-university` },
    },
  },
  {
    id: 'coquina-shore-summer',
    body: {
      schoolId: 'coquina-shore-university',
      name: 'Summer campaign, ended',
      programIds: ['coquina-shore-him-bachelor'],
      status: 'paused',
      priority: 220,
      priceCents: 6000,
      endpoint: { kind: 'webhook', url: `${webhookUrl}/coquina-shore-university` },
    },
  },
]
