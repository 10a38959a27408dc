package io.skein.bench.report;

/** How the page looks: by the reader's choice light or dark. */
final class HtmlStyle {
  static final String CSS =
      """
      :root { --back: #fbfbfa; --card: #ffffff; --text: #1d2126; --soft: #626a73; --line: #e2e4e8;
        --c1: #1f6fd6; --c2: #c8641b; --c3: #1c8a5f; --c4: #7c4dcc; --c5: #8a9099; --c6: #b3356b; }
      @media (prefers-color-scheme: dark) {
        :root { --back: #14171b; --card: #1c2026; --text: #e6e8eb; --soft: #9aa3ad; --line: #30363e;
          --c1: #6aa7ff; --c2: #f0a05a; --c3: #57c795; --c4: #b798f5; --c5: #8b939d; --c6: #ee86b3; }
      }
      * { box-sizing: border-box; }
      body { margin: 0; background: var(--back); color: var(--text);
        font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
      main { max-width: 880px; margin: 0 auto; padding: 32px 20px 64px; }
      header p { margin: 0; color: var(--soft); }
      .over { text-transform: uppercase; letter-spacing: .08em; font-size: 12px; }
      h1 { margin: 0; font-size: 34px; line-height: 1.2; }
      h2 { margin: 0 0 8px; font-size: 17px; }
      section, .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
      section { padding: 18px 20px; margin-top: 16px; }
      .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(180px, 1fr));
        gap: 12px; margin-top: 24px; }
      .card { padding: 12px 16px; display: flex; flex-direction: column; }
      .card b { font-size: 26px; font-weight: 650; font-variant-numeric: tabular-nums; }
      .card small { font-size: 13px; font-weight: 400; color: var(--soft); margin-left: 4px; }
      .card span { font-size: 13px; }
      .card i { font-size: 12px; font-style: normal; color: var(--soft); }
      svg { display: block; width: 100%; height: auto; }
      svg text { fill: var(--soft); font-size: 11px; font-variant-numeric: tabular-nums; }
      .grid { stroke: var(--line); stroke-width: 1; }
      .run { fill: none; stroke-width: 1.8; stroke-linejoin: round; stroke: currentColor;
        opacity: .85; }
      .bar { fill: currentColor; }
      .c1 { color: var(--c1); } .c2 { color: var(--c2); } .c3 { color: var(--c3); }
      .c4 { color: var(--c4); } .c5 { color: var(--c5); } .c6 { color: var(--c6); }
      .legend { margin: 0 0 8px; font-size: 13px; color: var(--soft); }
      .legend span { margin-right: 16px; white-space: nowrap; }
      .dot { display: inline-block; width: 10px; height: 10px; border-radius: 50%;
        background: currentColor; margin-right: 6px; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; font-size: 13px;
        font-variant-numeric: tabular-nums; }
      th, td { text-align: right; padding: 4px 8px; border-bottom: 1px solid var(--line);
        white-space: nowrap; }
      th { color: var(--soft); font-weight: 600; padding-top: 14px; }
      td:first-child, th:first-child, td:nth-child(2) { text-align: left; }
      td:nth-child(2), td:last-child { color: var(--soft); }
      dl { margin: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr));
        gap: 2px 24px; font-size: 13px; }
      dl div { display: flex; justify-content: space-between; gap: 12px;
        border-bottom: 1px solid var(--line); padding: 3px 0; }
      dt { color: var(--soft); white-space: nowrap; }
      dd { margin: 0; text-align: right; overflow-wrap: anywhere; }
      .fault { background: #c0262d; color: #fff; border-radius: 8px; padding: 8px 14px; }
      .note { font-size: 13px; color: var(--soft); }
      """;

  private HtmlStyle() {}
}
