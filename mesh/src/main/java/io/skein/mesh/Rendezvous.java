package io.skein.mesh;

import java.util.List;

/**
 * Highest-random-weight hashing: each key goes to the instance with the highest mixed hash, so that
 * a change of one instance moves only the keys of that one (Thaler and Ravishankar, 1998).
 */
final class Rendezvous {
  private Rendezvous() {}

  /** The home of a key; never null for a list that is not empty. */
  static Instance pick(List<Instance> instances, String key) {
    if (instances.size() == 1) {
      return instances.getFirst();
    }
    long keyHash = hash(key);
    Instance best = null;
    long bestWeight = 0;
    for (Instance instance : instances) {
      long weight = mix(keyHash ^ hash(instance.id()));
      if (best == null || weight > bestWeight) {
        best = instance;
        bestWeight = weight;
      }
    }
    return best;
  }

  /** The same on every node and in every version: FNV-1a over UTF-16 units, then mixed. */
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
