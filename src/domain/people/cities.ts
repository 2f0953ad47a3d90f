/** Cities by which people name a zone of another name, and those that Korean calls by its own. */
const cities: Readonly<Record<string, readonly string[]>> = {
  'America/Chicago': ['시카고', '댈러스', 'dallas', 'houston'],
  'America/Denver': ['덴버'],
  'America/Los_Angeles': ['로스앤젤레스', '엘에이', 'la', '샌프란시스코', 'san francisco', '시애틀', 'seattle', 'san diego'],
  'America/New_York': ['뉴욕', '보스턴', 'boston', '워싱턴', 'washington', 'philadelphia', 'miami', 'atlanta'],
  'America/Sao_Paulo': ['상파울루'],
  'America/Toronto': ['토론토', 'montreal', 'ottawa'],
  'America/Vancouver': ['밴쿠버'],
  'Asia/Bangkok': ['방콕'],
  'Asia/Dubai': ['두바이', 'abu dhabi'],
  'Asia/Ho_Chi_Minh': ['호찌민', '호치민', '하노이', 'hanoi'],
  'Asia/Hong_Kong': ['홍콩'],
  'Asia/Jakarta': ['자카르타'],
  'Asia/Kolkata': ['델리', '뉴델리', '뭄바이', 'delhi', 'new delhi', 'mumbai', 'bangalore'],
  'Asia/Manila': ['마닐라'],
  'Asia/Seoul': ['서울', '부산', '대구', '인천', '대전', '광주', '제주', '한국', 'busan', 'korea'],
  'Asia/Shanghai': ['상하이', '상해', '베이징', '북경', '중국', 'beijing', 'shenzhen'],
  'Asia/Singapore': ['싱가포르'],
  'Asia/Taipei': ['타이베이', '타이페이', '대만'],
  'Asia/Tokyo': ['도쿄', '동경', '오사카', '일본', 'osaka', 'kyoto', 'japan'],
  'Australia/Melbourne': ['멜버른'],
  'Australia/Sydney': ['시드니', 'canberra'],
  'Europe/Amsterdam': ['암스테르담'],
  'Europe/Berlin': ['베를린', '뮌헨', '프랑크푸르트', 'munich', 'hamburg', 'frankfurt'],
  'Europe/Istanbul': ['이스탄불'],
  'Europe/London': ['런던', '영국'],
  'Europe/Madrid': ['마드리드', '바르셀로나', 'barcelona'],
  'Europe/Moscow': ['모스크바'],
  'Europe/Paris': ['파리'],
  'Europe/Rome': ['로마', '밀라노', 'milan'],
  'Pacific/Auckland': ['오클랜드', 'wellington'],
  'Pacific/Honolulu': ['호놀룰루', '하와이', 'hawaii'],
}

const named = new Map(Object.entries(cities).flatMap(([zone, names]) => names.map((name) => [name, zone] as const)))

const spelled = (text: string): string => text.normalize('NFKC').trim().toLowerCase().replaceAll('_', ' ').replace(/\s+/gu, ' ')

/** The city after which a zone is called: `new york` of America/New_York. */
const cityOf = (zone: string): string => spelled(zone.slice(zone.lastIndexOf('/') + 1))

/** The zone (IANA) of a city, in Korean or English; null where we know none of the name. */
export function zoneOfCity(typed: string): string | null {
  const city = spelled(typed)
  return named.get(city) ?? Intl.supportedValuesOf('timeZone').find((zone) => cityOf(zone) === city) ?? null
}

/** Zones in whose name, or in that of one of their cities, the typed letters occur. */
export function zonesLike(typed: string): readonly string[] {
  const part = spelled(typed)
  const cityZones = new Set([...named].filter(([name]) => name.includes(part)).map(([, zone]) => zone))
  return Intl.supportedValuesOf('timeZone').filter((zone) => spelled(zone).includes(part) || cityZones.has(zone))
}
