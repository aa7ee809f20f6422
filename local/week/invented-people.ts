import { pick } from './seeded-random.ts'

export type SampleState = 'TX' | 'CA' | 'FL' | 'OH'
export type InventedPerson = { firstName: string; lastName: string; email: string; phone: string; zip: string }

/**
 * Returns a function that invents another person of a state each time. Emails are at example.com, and phones from 555-0100 to
 * 555-0199, which no one has. No two people share either.
 */
export function createPeople(random: () => number): (state: SampleState) => InventedPerson {
  const counts = { TX: 0, CA: 0, FL: 0, OH: 0 }
  return (state) => {
    const number = counts[state]++
    const { zips, areaCodes } = places[state]
    const firstName = pick(firstNames, random)
    const lastName = pick(lastNames, random)
    const areaCode = areaCodes[Math.floor(number / phonesPerAreaCode) % areaCodes.length]
    const name = `${firstName}.${lastName}`.toLowerCase().replace(/[^a-z.]/g, '')
    return {
      firstName,
      lastName,
      email: `${name}.${state.toLowerCase()}${number + 1}@example.com`,
      // 37 and 100 have no common factor, so each of the hundred numbers comes once.
      phone: `(${areaCode}) 555-01${String((number * 37) % phonesPerAreaCode).padStart(2, '0')}`,
      zip: pick(zips, random),
    }
  }
}

const phonesPerAreaCode = 100

const places: { [State in SampleState]: { zips: readonly [string, ...string[]]; areaCodes: readonly string[] } } = {
  TX: { zips: ['78701', '78745', '75201', '77002', '76102', '78205', '79401'], areaCodes: ['512', '713', '214'] },
  CA: { zips: ['90012', '92101', '94103', '93721', '95814', '94607'], areaCodes: ['213', '619', '916'] },
  FL: { zips: ['33602', '32202', '33130', '32801', '34102'], areaCodes: ['813', '305', '904'] },
  OH: { zips: ['43215', '44114', '45202', '45402', '43604', '44308'], areaCodes: ['614', '216', '513'] },
}

// biome-ignore format: a table
const firstNames = [
  'Aaliyah', 'Alicia', 'Andre', 'Angela', 'Anita', 'Bianca', 'Brandon', 'Camila', 'Carmen', 'Chloe', 'Crystal', 'Darnell', 'Denise',
  'Destiny', 'Diego', 'Elena', 'Emily', 'Erica', 'Fatima', 'Gabriela', 'Grace', 'Hannah', 'Imani', 'Isaac', 'Jasmine', 'Jerome',
  'Joanna', 'Karen', 'Kayla', 'Keisha', 'Kevin', 'Latoya', 'Leah', 'Linh', 'Lucia', 'Marcus', 'Maria', 'Megan', 'Mei', 'Monique',
  'Nadia', 'Natalie', 'Nicole', 'Olivia', 'Omar', 'Patrice', 'Priya', 'Rachel', 'Renee', 'Rosa', 'Samantha', 'Shanice', 'Sofia',
  'Tamika', 'Teresa', 'Tyler', 'Vanessa', 'Veronica', 'Wendy', 'Yolanda',
] as const
// biome-ignore format: a table
const lastNames = [
  'Abbott', 'Aguilar', 'Baker', 'Barnes', 'Bell', 'Brooks', 'Castillo', 'Chavez', 'Coleman', 'Cruz', 'Daniels', 'Diaz', 'Ellis',
  'Flores', 'Foster', 'Garza', 'Gibson', 'Grant', 'Hayes', 'Henderson', 'Hoang', 'Jenkins', 'Jordan', 'Kim', 'Lawson', 'Long',
  'Mendoza', 'Mitchell', 'Morales', 'Nguyen', 'O’Brien', 'Ortiz', 'Owens', 'Patel', 'Perry', 'Price', 'Ramos', 'Reed', 'Reyes',
  'Rivera', 'Russell', 'Salazar', 'Sanders', 'Santos', 'Shaw', 'Simmons', 'Soto', 'Stone', 'Tran', 'Vargas', 'Walker', 'Ward',
  'Washington', 'Watts', 'West', 'Woods', 'Young',
] as const
