import type * as z from 'zod'
import type { school } from '#shared/domain/catalog/school.ts'

/** Sixteen fictional schools in four states. None of them represents a real school. */
export const schools: { id: string; body: z.input<typeof school> }[] = [
  // Texas
  {
    id: 'lone-prairie-college',
    body: { name: 'Lone Prairie College', legalName: 'Lone Prairie College, Inc.', timeZone: 'America/Chicago' },
  },
  { id: 'mesquite-bend-college', body: { name: 'Mesquite Bend College of Health', timeZone: 'America/Chicago' } },
  {
    id: 'bluebonnet-hollow-institute',
    body: {
      name: 'Bluebonnet Hollow Career Institute',
      legalName: 'Bluebonnet Hollow Career Institute, LLC',
      timeZone: 'America/Chicago',
      titleIv: false,
    },
  },
  { id: 'pecan-ferry-university', body: { name: 'Pecan Ferry University', timeZone: 'America/Chicago' } },

  // California
  { id: 'sierra-lantern-university', body: { name: 'Sierra Lantern University', timeZone: 'America/Los_Angeles' } },
  { id: 'manzanita-ridge-college', body: { name: 'Manzanita Ridge College', timeZone: 'America/Los_Angeles' } },
  {
    id: 'golden-poppy-health-college',
    body: {
      name: 'Golden Poppy Health College',
      legalName: 'Golden Poppy Health College, Inc.',
      timeZone: 'America/Los_Angeles',
    },
  },
  { id: 'saltmarsh-bay-university', body: { name: 'Saltmarsh Bay University', timeZone: 'America/Los_Angeles' } },

  // Florida
  { id: 'heron-key-college', body: { name: 'Heron Key College', timeZone: 'America/New_York' } },
  {
    id: 'egret-harbor-technical-college',
    body: { name: 'Egret Harbor Technical College', timeZone: 'America/New_York' },
  },
  {
    id: 'mangrove-point-institute',
    body: {
      name: 'Mangrove Point Institute',
      legalName: 'Mangrove Point Institute of Health Careers, LLC',
      timeZone: 'America/New_York',
      titleIv: false,
    },
  },
  { id: 'coquina-shore-university', body: { name: 'Coquina Shore University', timeZone: 'America/New_York' } },

  // Ohio
  { id: 'buckthorn-valley-college', body: { name: 'Buckthorn Valley College', timeZone: 'America/New_York' } },
  { id: 'millstone-creek-college', body: { name: 'Millstone Creek College', timeZone: 'America/New_York' } },
  {
    id: 'canal-lock-career-college',
    body: {
      name: 'Canal Lock Career College',
      legalName: 'Canal Lock Career College, Inc.',
      timeZone: 'America/New_York',
    },
  },
  { id: 'three-sycamores-university', body: { name: 'Three Sycamores University', timeZone: 'America/New_York' } },
]
