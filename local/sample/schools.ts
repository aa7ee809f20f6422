import type * as z from 'zod'
import type { school } from '#shared/domain/catalog/school.ts'

/** Sixteen fictional schools in four states. None of them represents a real school. */
export const schools: { id: string; body: z.input<typeof school> }[] = [
  // Texas
  {
    id: 'lone-prairie-college',
    body: {
      name: 'Lone Prairie College',
      legalName: 'Lone Prairie College, Inc.',
      place: { city: 'Austin', state: 'TX' },
      timeZone: 'America/Chicago',
    },
  },
  {
    id: 'mesquite-bend-college',
    body: {
      name: 'Mesquite Bend College of Health',
      place: { city: 'San Antonio', state: 'TX' },
      timeZone: 'America/Chicago',
    },
  },
  {
    id: 'bluebonnet-hollow-institute',
    body: {
      name: 'Bluebonnet Hollow Career Institute',
      legalName: 'Bluebonnet Hollow Career Institute, LLC',
      place: { city: 'Fort Worth', state: 'TX' },
      timeZone: 'America/Chicago',
      titleIv: false,
    },
  },
  {
    id: 'pecan-ferry-university',
    body: { name: 'Pecan Ferry University', place: { city: 'Houston', state: 'TX' }, timeZone: 'America/Chicago' },
  },

  // California
  {
    id: 'sierra-lantern-university',
    body: {
      name: 'Sierra Lantern University',
      place: { city: 'Sacramento', state: 'CA' },
      timeZone: 'America/Los_Angeles',
    },
  },
  {
    id: 'manzanita-ridge-college',
    body: { name: 'Manzanita Ridge College', place: { city: 'Fresno', state: 'CA' }, timeZone: 'America/Los_Angeles' },
  },
  {
    id: 'golden-poppy-health-college',
    body: {
      name: 'Golden Poppy Health College',
      legalName: 'Golden Poppy Health College, Inc.',
      place: { city: 'San Diego', state: 'CA' },
      timeZone: 'America/Los_Angeles',
    },
  },
  {
    id: 'saltmarsh-bay-university',
    body: {
      name: 'Saltmarsh Bay University',
      place: { city: 'Oakland', state: 'CA' },
      timeZone: 'America/Los_Angeles',
    },
  },

  // Florida
  {
    id: 'heron-key-college',
    body: { name: 'Heron Key College', place: { city: 'Tampa', state: 'FL' }, timeZone: 'America/New_York' },
  },
  {
    id: 'egret-harbor-technical-college',
    body: {
      name: 'Egret Harbor Technical College',
      place: { city: 'Jacksonville', state: 'FL' },
      timeZone: 'America/New_York',
    },
  },
  {
    id: 'mangrove-point-institute',
    body: {
      name: 'Mangrove Point Institute',
      legalName: 'Mangrove Point Institute of Health Careers, LLC',
      place: { city: 'Miami', state: 'FL' },
      timeZone: 'America/New_York',
      titleIv: false,
    },
  },
  {
    id: 'coquina-shore-university',
    body: { name: 'Coquina Shore University', place: { city: 'Orlando', state: 'FL' }, timeZone: 'America/New_York' },
  },

  // Ohio
  {
    id: 'buckthorn-valley-college',
    body: { name: 'Buckthorn Valley College', place: { city: 'Columbus', state: 'OH' }, timeZone: 'America/New_York' },
  },
  {
    id: 'millstone-creek-college',
    body: { name: 'Millstone Creek College', place: { city: 'Dayton', state: 'OH' }, timeZone: 'America/New_York' },
  },
  {
    id: 'canal-lock-career-college',
    body: {
      name: 'Canal Lock Career College',
      legalName: 'Canal Lock Career College, Inc.',
      place: { city: 'Akron', state: 'OH' },
      timeZone: 'America/New_York',
    },
  },
  {
    id: 'three-sycamores-university',
    body: { name: 'Three Sycamores University', place: { city: 'Toledo', state: 'OH' }, timeZone: 'America/New_York' },
  },
]
