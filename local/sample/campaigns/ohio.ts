import type * as z from 'zod'
import type { campaignInput } from '#shared/domain/routing/campaign.ts'

/** Campaigns of the schools in Ohio. */
export const buildOhioCampaigns = (webhookUrl: string): { id: string; body: z.input<typeof campaignInput> }[] => [
  {
    id: 'buckthorn-valley-ohio',
    body: {
      schoolId: 'buckthorn-valley-college',
      name: 'Associate degree, Ohio and neighbors',
      programIds: ['buckthorn-valley-hit-associate'],
      priority: 203,
      priceCents: 4300,
      endpoint: { kind: 'webhook', url: `${webhookUrl}/buckthorn-valley-college` },
    },
  },
  {
    id: 'buckthorn-valley-registry',
    body: {
      schoolId: 'buckthorn-valley-college',
      name: 'Cancer registry certificate, to the admissions office',
      programIds: ['buckthorn-valley-registry-certificate'],
      priority: 268,
      priceCents: 3100,
      endpoint: { kind: 'email', to: 'admissions@buckthorn-valley-college.example' },
    },
  },
  {
    id: 'millstone-creek-admissions',
    body: {
      schoolId: 'millstone-creek-college',
      name: 'Associate degree, to the admissions office',
      programIds: ['millstone-creek-hit-associate'],
      priority: 207,
      priceCents: 3400,
      endpoint: { kind: 'email', to: 'admissions@millstone-creek-college.example' },
    },
  },
  {
    id: 'canal-lock-ohio',
    body: {
      schoolId: 'canal-lock-career-college',
      name: 'Records and coding certificate',
      programIds: ['canal-lock-records-certificate'],
      priority: 211,
      priceCents: 2800,
      endpoint: { kind: 'webhook', url: `${webhookUrl}/canal-lock-career-college` },
    },
  },
  {
    id: 'three-sycamores-weekdays',
    body: {
      schoolId: 'three-sycamores-university',
      name: 'Bachelor’s degree, while the office is open',
      programIds: ['three-sycamores-him-bachelor'],
      hours: {
        open: [
          { days: ['monday', 'tuesday', 'wednesday', 'thursday'], from: '08:00', to: '19:00' },
          { days: ['friday'], from: '08:00', to: '16:00' },
        ],
        outside: 'park',
      },
      priority: 256,
      priceCents: 5000,
      endpoint: { kind: 'webhook', url: `${webhookUrl}/three-sycamores-university` },
    },
  },
  {
    id: 'three-sycamores-graduate',
    body: {
      schoolId: 'three-sycamores-university',
      name: 'Online Master of Health Administration',
      programIds: ['three-sycamores-health-administration-master'],
      priority: 274,
      priceCents: 6400,
      endpoint: {
        kind: 'webhook',
        url: `${webhookUrl}/three-sycamores-university`,
        request: {
          format: 'form',
          fields: {
            vendor: 'prospectus',
            vendor_id: '{{ deliveryId }}',
            first: '{{ contact.firstName }}',
            last: '{{ contact.lastName }}',
            email: '{{ contact.email }}',
            phone: '{{ contact.phone | phone_digits }}',
            zip: '{{ contact.zip }}',
            degree: "{{ education.highestLevel | lookup: 'degrees' | default: 'NONE' }}",
            start: '{{ startWindow }}',
            asked_on: "{{ timestamp | date: '%m/%d/%Y', 'America/New_York' }}",
            is_test: "{{ test | yes_no: 'Y', 'N' }}",
          },
          maps: { degrees: { associate: 'AA', bachelor: 'BA', master: 'MA', doctorate: 'PHD' } },
        },
        preset: 'standard-webhooks',
      },
    },
  },
]
