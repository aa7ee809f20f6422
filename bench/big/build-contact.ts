/** A ZIP code in each state of the sample. */
export const zips = ['78701', '94103', '33101', '43215']
const areaCodes = ['512', '415', '305', '614']
const firstNames = ['Ada', 'Maria', 'James', 'Wei', 'Fatima', 'Juan', 'Olivia', 'Noah', 'Priya', 'Chloe']
const lastNames = ['Lopez', 'Nguyen', 'Smith', 'Johnson', 'Okafor', 'Garcia', 'Miller', 'Patel', 'Brown', 'Kim']

/** Another person for each number. */
export function buildContact(number: number) {
  const firstName = firstNames[number % firstNames.length] ?? ''
  const lastName = lastNames[Math.floor(number / 10) % lastNames.length] ?? ''
  return {
    firstName,
    lastName,
    email: `${firstName}.${lastName}.${number}@mail.example.com`.toLowerCase(),
    phone: `+1${areaCodes[number % areaCodes.length]}${2_220_000 + number}`,
    zip: zips[number % zips.length] ?? '',
  }
}
