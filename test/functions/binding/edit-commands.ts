import * as fc from 'fast-check'

export const schoolIds = ['alder', 'birch', 'cedar'] as const
const campaignIds = ['alder', 'birch', 'cedar', 'spare'] as const
export const legalNames = [
  'Alder College, Inc.',
  'Birch College, Inc.',
  'Cedar College, Inc.',
  'Omega Debt Buyers LLC',
] as const
// Closed on Monday, when the tests begin.
export const hours = { open: [{ days: ['tuesday'], from: '00:00', to: '24:00' }], outside: 'park' }

export type EditedSchoolId = (typeof schoolIds)[number]
export type Edit =
  | { edit: 'put school'; school: EditedSchoolId; legalName: (typeof legalNames)[number] }
  | {
      edit: 'put campaign'
      campaign: string
      school: EditedSchoolId
      isParking: boolean
      isPaused: boolean
      isEmail: boolean
    }
  | { edit: 'put program'; program: EditedSchoolId; school: EditedSchoolId }
  | { edit: 'delete'; path: string }
  | { edit: 'replace school'; school: EditedSchoolId; legalName: (typeof legalNames)[number] }
export type EditCommand =
  | Edit
  | { do: 'submit'; tick: readonly EditedSchoolId[]; between?: Edit | undefined }
  | { do: 'deliver'; answer: 'accept' | 'fail' | 'reject' }
  | { do: 'offer' | 'publish' | 'replay' | 'take' }
  | { do: 'pass'; seconds: number }

const school = fc.constantFrom(...schoolIds)
const legalName = fc.constantFrom(...legalNames)
const edits: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ edit: fc.constant('put school' as const), school, legalName }) },
  {
    weight: 4,
    arbitrary: fc.record({
      edit: fc.constant('put campaign' as const),
      campaign: fc.constantFrom(...campaignIds),
      school,
      isParking: fc.boolean(),
      isPaused: fc.nat(4).map((number) => number === 0),
      isEmail: fc.nat(3).map((number) => number === 0),
    }),
  },
  { weight: 1, arbitrary: fc.record({ edit: fc.constant('put program' as const), program: school, school }) },
  {
    weight: 3,
    arbitrary: fc.record({
      edit: fc.constant('delete' as const),
      path: fc.constantFrom(
        ...campaignIds.map((id) => `campaigns/${id}`),
        ...schoolIds.flatMap((id) => [`programs/${id}-program`, `schools/${id}`]),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ edit: fc.constant('replace school' as const), school, legalName }) },
)
export const commands: fc.Arbitrary<EditCommand[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: edits },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('submit' as const),
        tick: fc.subarray([...schoolIds], { minLength: 1 }),
        between: fc.option(edits, { nil: undefined }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('deliver' as const),
        answer: fc.constantFrom('accept' as const, 'accept' as const, 'fail' as const, 'reject' as const),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constantFrom('offer' as const, 'publish' as const, 'replay' as const, 'take' as const),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(1, 130, 3600, 86_400) }),
    },
  ),
  { minLength: 5, maxLength: 30, size: 'max' },
)
