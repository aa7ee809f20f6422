import { cleanToken } from './clean-text.ts'

/** The code of a state by its code in any spelling (`tx`, `T.X.`, `US-TX`) or its name; any other text in capitals. */
export function normalizeState(value: string): string {
  const text = cleanToken(value).normalize('NFKC').toUpperCase()
  const letters = text.replace(/^US-/, '').replace(/[^\p{L}]/gu, '')
  const name = letters.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
  if (Object.hasOwn(codesByName, name)) return codesByName[name] ?? text
  return /^[A-Z]{2}$/.test(letters) ? letters : text
}

// biome-ignore format: a table
const codesByName: { [name: string]: string } = {
  alabama: 'AL', alaska: 'AK', arizona: 'AZ', arkansas: 'AR', california: 'CA', colorado: 'CO', connecticut: 'CT',
  delaware: 'DE', districtofcolumbia: 'DC', washingtondc: 'DC', florida: 'FL', georgia: 'GA', hawaii: 'HI',
  idaho: 'ID', illinois: 'IL', indiana: 'IN', iowa: 'IA', kansas: 'KS', kentucky: 'KY', louisiana: 'LA',
  maine: 'ME', maryland: 'MD', massachusetts: 'MA', michigan: 'MI', minnesota: 'MN', mississippi: 'MS',
  missouri: 'MO', montana: 'MT', nebraska: 'NE', nevada: 'NV', newhampshire: 'NH', newjersey: 'NJ',
  newmexico: 'NM', newyork: 'NY', northcarolina: 'NC', northdakota: 'ND', ohio: 'OH', oklahoma: 'OK', oregon: 'OR',
  pennsylvania: 'PA', rhodeisland: 'RI', southcarolina: 'SC', southdakota: 'SD', tennessee: 'TN', texas: 'TX',
  utah: 'UT', vermont: 'VT', virginia: 'VA', washington: 'WA', westvirginia: 'WV', wisconsin: 'WI', wyoming: 'WY',
  americansamoa: 'AS', guam: 'GU', northernmarianaislands: 'MP', puertorico: 'PR', virginislands: 'VI',
  usvirginislands: 'VI', micronesia: 'FM', marshallislands: 'MH', palau: 'PW',
}
