"""A document that tries everything: what XML, HTML, sheets and terminals take for their own, and words without end."""

from __future__ import annotations

import re

HALVES = re.compile("[\ud800-\udfff]")
_LONG = "щ" * 10_000
HOSTILE = f"""Title: A & B <script>alert(1)</script> =HYPERLINK("http://evil.example";"x")

Citation: =cmd|' /C calc'!A0, ]]> <!-- -- --> <?php echo 1 ?> &amp; &#x0; &evil; "Archive", f. 1, op. 2, d. 3 <https://evil.example/?a=1&b=2>

Summary: @SUM(1+1)*cmd|' /C calc'!A0 +1 -1 \t=1

Contents:

Transcript - Russian
Translation - English

<!DOCTYPE лол [<!ENTITY evil SYSTEM "file:///etc/passwd">]> Он прпбыл &evil; в Москву ]]> 5 мая <b onclick="alert(1)">1950</b> года.

=HYPERLINK("http://evil.example";"Совершенно секретно") +7 -7 @сообщенпе 'формула" товарищу.

\x00\x01\x07\x08\x0b\x0c\x0e\x1b[31mкрасное\x1b[0m \x7f\x85 \ufffe\uffff \u202eтскет\u202c \u2066запертый\u2069 \u200fсообщенпя\u200e \ufeffи ещё\u2028строка\u2029конец.

Половины знаков: \ud83d и \udc00, целый: 😀 \U000e0001 e\u0301 и\u0306 й.

{_LONG} слово {_LONG}о конец.

He arrived in Moscow on 5 May 1950 ]]> <script>alert("E")</script> &evil; {{{{7*7}}}} ${{7*7}} %s %n.

=HYPERLINK("http://evil.example","Top secret") message \x1b]0;title\x07 to the comrade.
"""
