import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a tool of Debian says; throws with how to get it when it is not there. */
export async function tool(name: string, ...words: string[]): Promise<string> {
  try {
    const { stdout } = await run(name, words, { maxBuffer: 64 * 1_048_576 });
    return stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Error(`'${name}' is not here: apt-get install -y libimage-exiftool-perl mat2 ffmpeg.`, {
        cause: error,
      });
    throw error;
  }
}

// What a file must say so that it can be shown or heard at all: its form, its size, its length, where its parts lie. Anything else
// that a judge finds is something told beside it.
const ofTheThing = new Set(
  `EBMLVersion EBMLReadVersion EBMLMaxIDLength EBMLMaxSizeLength DocType DocTypeVersion DocTypeReadVersion TimecodeScale Duration
  SeekID SeekPosition CueTime CueTrack CueClusterPosition TrackNumber TrackUID TrackType TrackLanguage TrackLacing AudioCodecID
  CodecPrivate Matroska_0x0bb Matroska_0x16bb AudioSampleRate AudioChannels AudioFormat AudioBitsPerSample AudioLayer AudioBitrate MajorBrand
  MinorVersion CompatibleBrands MovieHeaderVersion TrackHeaderVersion MediaHeaderVersion TimeScale MediaTimeScale MediaDuration
  PreferredRate PreferredVolume MatrixStructure PreviewTime PreviewDuration PosterTime SelectionTime SelectionDuration CurrentTime
  NextTrackID TrackID TrackDuration TrackLayer TrackVolume MediaData MediaDataSize MediaDataOffset MediaLanguageCode HandlerClass
  HandlerType Balance Unknown_esds Unknown_btrt TimeToSampleTable SampleToChunk SampleSizes ChunkOffset MPEGAudioVersion SampleRate
  ChannelMode MSStereo IntensityStereo CopyrightFlag OriginalMedia Emphasis VBRFrames VBRBytes VBRScale Encoding NumChannels
  AvgBytesPerSec BitsPerSample VP8Version HorizontalScale VerticalScale ImageWidth ImageHeight WebP_Flags AlphaIsUsed`.split(
    /\s+/,
  ),
);
const tells = (name: string, value: unknown) =>
  !ofTheThing.has(name) &&
  // A name that is empty and a moment that is nought say nothing.
  !(/^\w*Date$/.test(name) && value === '0000:00:00 00:00:00') &&
  value !== '';

/** What exiftool finds in the files of a folder that is not of the picture or the sound itself: lines of file, name and value. */
export async function foundByExiftool(folder: string): Promise<string[]> {
  const told = JSON.parse(
    await tool('exiftool', '-j', '-a', '-u', '-G1', '-ee', '-api', 'LargeFileSupport=1', folder),
  ) as Record<string, unknown>[];
  return told.flatMap((file) =>
    Object.entries(file)
      .filter(([name]) => !/^(SourceFile$|System|ExifTool|File|Composite)/.test(name))
      .filter(([name, value]) => tells(name.split(':').at(-1) ?? name, value))
      .map(
        ([name, value]) => `${String(file.SourceFile).split('/').at(-1)} ${name} ${JSON.stringify(value)}`,
      ),
  );
}

/** What mat2 finds in a file that is not of the sound itself; null when it does not read this kind of file. */
export async function foundByMat2(file: string): Promise<string[] | null> {
  const { stdout = '', stderr = '' } = await run('mat2', ['-s', file]).catch(
    (error: unknown) => error as { stdout?: string; stderr?: string },
  );
  const told = `${stdout}${stderr}`;
  if (/is not supported|can't be parsed|not a valid/.test(told)) return null;
  return told
    .split('\n')
    .filter((line) => /^\s+\S+:/.test(line))
    .map((line) => line.trim())
    .filter((line) => {
      const [name = '', ...value] = line.split(': ');
      return tells(name, value.join(': '));
    });
}
