import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// Whole TrueType files: packages that hold WOFF2 only cannot be read by what sets our type.
const cut = {
  'source-serif-4/SourceSerif4': ['400Regular', '400Regular_Italic', '600SemiBold', '700Bold'],
  'source-sans-3/SourceSans3': ['400Regular', '400Regular_Italic', '600SemiBold', '700Bold'],
  'amiri/Amiri': ['400Regular', '700Bold'],
  'vazirmatn/Vazirmatn': ['400Regular', '600SemiBold', '700Bold'],
  'noto-sans-ethiopic/NotoSansEthiopic': ['400Regular', '600SemiBold', '700Bold'],
} as const;

const { resolve } = createRequire(import.meta.url);

/** The files of the faces everything here is printed in, in all the cuts we use. */
export const faces: readonly string[] = Object.entries(cut).flatMap(([family, cuts]) => {
  const [folder = '', name = ''] = family.split('/');
  const home = dirname(resolve(`@expo-google-fonts/${folder}/package.json`));
  return cuts.map((one) => join(home, one, `${name}_${one}.ttf`));
});
