/**
 * Signatures made with openssl and a seal made with Python's cryptography, so that our code is compared with others' and
 * not with itself. The key was made for this file and opens nothing.
 */
export const vectorKeyPem = `-----BEGIN PRIVATE KEY-----
MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCVc/NkbhkL4Z0Q
hkGgXKo/WqVBwi0D32QK0XbJmZ+WKrJqiPhRTGDCKLDfvJ2rQiqmx3bbnXq78uPT
L8UCj0FkROaVhftigcCZueAZpZQmKLz6VtnYHezBdpZ8RhH/+8f1UHCPThmfGs1y
rEsFV5n+PjG5E8Ok+KOWIezDFgLYQDN2k1dtYv2zuwsWcgiFgObIr+EtlGuVHE8B
xGhceOiu0KUEOPebM42B+vQM23TrqKXwJL/qKfchi7G44/x0oYhgESRbpqKvVhGJ
e1/8FWwMAqtY5Tf6a8Xh2UTllaC0f1k8k1Kj7n4u8IDU2LJ/y2hi/wr4aujpClTb
eINKJG0RAgMBAAECggEAHBrLM0BqCNwzSWN57WJnqJTO/Wv6w57rhQZJaJVxV4+t
cA/UZJNwoap9woFJhCZj92uMnDWD2lrNgY4a5gWTBjxXwVgKA0cDtVTpQeFrl/Zy
vT/+ZOARwPrgRzv1EBakzmrDVAubkVo8ttsUG4vS+2buOk/va3NPbgDwsWoO/GPi
v0yVhZS2HT7BQ/Pfi22nFbeguRyqWRnlFbVMLNVGamyS0JUdIG/Y4a/Vga/NNtD/
ZCui2Q/4YVDdUJR08i753Ne9p4ZhRfXbJnsKRwHuHEWazCUbg0UMEDQ8+eXFW/IG
iS6oEyJMbLbMn7i2Wwk6gt7c+3K3nFPxrls2UbPn/QKBgQDJz2VWNvUbJToDapur
Ni0T+Yw6f9WYFCVJNCLyhBFXNsrWyqJtcocgX9oebAGuIgTGeDoDw18JQaqaWicL
amxsADRLbwe47DnAqwJG7aJos0tThB6PiUGG3zVPqOtzEdtUzjLIlL3dr3lob8wo
YXuAZV716G27Pi8vDKotqMeVDQKBgQC9lXmbvNnKsMKGJzXJQtwvwaNhM5pUnLTG
10we6rCw6zWKPBpa1CW70oUjg0EmlKq/1ZPa/8VeYWNQVATr4Aa3KpiF30InjqCY
YVaVvrIjC7MGuLMJFiqmQ1LViotg3CKLpH1QSpnEx/8f3KHFAdj0PS4Wmn+C7OT7
ql0XjLM/FQKBgGkbWGcXxn6128otuxfn5oBxx0Qskj1buLOwsMboW/O1eN13ujMQ
pCoLYhnYHOPpmd0Yfva4yYWTqtwrOgyrB/8T+CiVkksQ1V9wcYYpfB3Vy9SaiiQt
03AATs7HZqGO2lIH9tEbDuwn2S64k3cwllcf9N5UiNotn/t8OCIBtrj9AoGAG925
t0OF+74JibB/vmp+dOKQgjwUhjVWeReyT6UNfaPFBeGZuhoOxdHG0hZ74BDgHDxn
dDw+JYZJE8iVxJn0Qr4XFy5eyfOz9VHxaSdThcU1dlp1rnM8p52jslGf9QfGaCIw
bTnZ6ku/W06R1KRV4GiRuq7Q6Uyqx7cd4dVDj5UCgYAVTKpI8ud5t6/JLOt0UwcY
uNmtbRBc+iiRCv4d+cTcv7D7ivNb+dBIUhgnDDNy/Lp2lIzmAUuHhvE8UcbXOqF+
t4KWlR5rnDdNNHOa+OabE6CJgNwYz7ToCpwAhxMMTp+Z1iCUjiUXxHyDH5RQ/54e
4Sd7M3eSeF6ELVNOMXJPfg==
-----END PRIVATE KEY-----
`;

export const vectorPublicKeyPem = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAlXPzZG4ZC+GdEIZBoFyq
P1qlQcItA99kCtF2yZmfliqyaoj4UUxgwiiw37ydq0Iqpsd22516u/Lj0y/FAo9B
ZETmlYX7YoHAmbngGaWUJii8+lbZ2B3swXaWfEYR//vH9VBwj04ZnxrNcqxLBVeZ
/j4xuRPDpPijliHswxYC2EAzdpNXbWL9s7sLFnIIhYDmyK/hLZRrlRxPAcRoXHjo
rtClBDj3mzONgfr0DNt066il8CS/6in3IYuxuOP8dKGIYBEkW6air1YRiXtf/BVs
DAKrWOU3+mvF4dlE5ZWgtH9ZPJNSo+5+LvCA1Niyf8toYv8K+Gro6QpU23iDSiRt
EQIDAQAB
-----END PUBLIC KEY-----
`;

export const vectorCertificatePem = `-----BEGIN CERTIFICATE-----
MIIDHTCCAgWgAwIBAgIUUVfwnv3Alt4V6+gaRwV6cjLxuOEwDQYJKoZIhvcNAQEL
BQAwHTEbMBkGA1UEAwwSVGVucGF5LmNvbSBSb290IENBMCAXDTI2MTEyMTIxMzk0
NloYDzIxMjYxMDI4MjEzOTQ2WjAdMRswGQYDVQQDDBJUZW5wYXkuY29tIFJvb3Qg
Q0EwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQCVc/NkbhkL4Z0QhkGg
XKo/WqVBwi0D32QK0XbJmZ+WKrJqiPhRTGDCKLDfvJ2rQiqmx3bbnXq78uPTL8UC
j0FkROaVhftigcCZueAZpZQmKLz6VtnYHezBdpZ8RhH/+8f1UHCPThmfGs1yrEsF
V5n+PjG5E8Ok+KOWIezDFgLYQDN2k1dtYv2zuwsWcgiFgObIr+EtlGuVHE8BxGhc
eOiu0KUEOPebM42B+vQM23TrqKXwJL/qKfchi7G44/x0oYhgESRbpqKvVhGJe1/8
FWwMAqtY5Tf6a8Xh2UTllaC0f1k8k1Kj7n4u8IDU2LJ/y2hi/wr4aujpClTbeINK
JG0RAgMBAAGjUzBRMB0GA1UdDgQWBBSR6up5VXUkOVX27k35b514ggwsuzAfBgNV
HSMEGDAWgBSR6up5VXUkOVX27k35b514ggwsuzAPBgNVHRMBAf8EBTADAQH/MA0G
CSqGSIb3DQEBCwUAA4IBAQB/uzVq1R2hRRV01XYz62C23N8eVVY2IyQta1NfxWNP
4CY1CjFcKI9rZKk9nccvqnUBeFt1OflJuUnyE+8jXq9KbdgiXjshIawRSS/YSz2t
+Kju8zDQaFeUo3bDweGIVBNtL5cW5m3uFaG0lEEs93U9QgtYm3WJW8DmNwuy21KU
f4HEVuAp2t4GpV8HGxwwGA7MQcpmwB0OMA8+amMbifTEcLSjf8xjNCegt2N7RAxk
pBDSeZ0lhlSsI3ijA+CLUUq5sFQMPw6KLVwSXpcNDnnC0GvxtJlsTpbwwFu6m02M
jHEkxYRGbfzmhwyRYCbDiVOdNx4A5Q1CJoVLNavKng/W
-----END CERTIFICATE-----
`;

export const vectorCertificateSerial = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";

export const signedRequests = [
  {
    request: { method: "GET", target: "/v3/certificates", timestamp: 1554208460, nonce: "593BEC0C930BF1AFEB40B4A08C8FB242", body: "" },
    signature:
      "CwxJVzTf69lDlNSyFus4e5pt5CIwhzXJLY2NGQzhcTGpbTrk6jbXfSQZv8DALMUClG2HzpGj5DAvvLRf5U6TQgycZ9XKKp8Lg71+WnB+IPJiap6NrUPLXxnxxbZUPfmOvikC5RsfGB4zJJSlsBFkQsESIY4B4Wp4DVlXmqEOYjkCxW8cKzef0RqqZjPK2R0LoZvvBKsrGx1PkLIwGWwOp1ZPViYl4t6wMYfnZFJq4fR1hzJ8F6403D1YkICsTIvW2GvQrVM0Jqi1FV08F+eGy637/+lpEkZjdB7Uvj5f2Mh2S72GCFY8zQNCpBqZqAi9YW88tR+x4mVysRrmvqi0yA==",
  },
  {
    request: {
      method: "POST",
      target: "/v3/pay/transactions/native",
      timestamp: 1554208460,
      nonce: "593BEC0C930BF1AFEB40B4A08C8FB242",
      body: '{"description":"鸳鸯锅 🍲"}',
    },
    signature:
      "BxhNXwjhPbh0jvTeCqQBNdo6PODLDWlfi91HokIcccHnNW4mEfAFIKEBnMAGT0rqrFwxoumdL1aFuLWPwhGlv4ZsRpu0IUeTi8JYu8Wf0Xcq6Vzom5mP/K6oHT8bJlloTbZjgrtZXQA2IosfXylwnxZmCNpu9boz10VXGa9M17WYaRHzgJtZscIZt0Yv+KQN1JUmIuC12SJiS5vDkgxH+UN/DzQsLSuz8KhpRvZe4jhFhR6uH4p9se2BCCbV9FTxgdqyrijqREKYZn0oArDjuTyi5ITQF1pLUHYOn7cX4shEtak/vVOCH21yThKF+jFgFD0M8INe3350/Pn9EzJabQ==",
  },
] as const;

export const signedAnswer = {
  timestamp: "1554209980",
  nonce: "c5ac7061fccab6bf3e254dcf98995b8c",
  body: '{"code_url":"weixin://wxpay/bizpayurl?pr=p4lpSuKzz"}',
  signature:
    "Y6EEx/fasDveJjght+MTt12fvHi52FG75/FZqQ/nsaQ4V9MjdD0y6vdvi4j3V1NEthiT7cNZVCcmL7JRdh8w+Wrgj5MODz7XBeFCC6gZU+fvngRb7663aABghb3fpYv8X2MWUIXaXUUXXuHgIwa/NCZK6SJF2uWFTJS/lrMg8+Ajs1ibwhT1NEYDOlYY5meRdGbm3oBhp/Pv5ObNdLmfL+pld7qYj5OG8FqEXytb3oey58NTO1xhOf+kfyeYMUCpvlHVFBJ/PKNgcGp+W6RN9UMVZWUEPqILCKpUY7Z73Zf+k9MsFYc61EnOwlR/qB0vna+PfiRt0q/kAl04gjI5sA==",
};

export const sealed = {
  apiV3Key: "0123456789abcdef0123456789abcdef",
  resource: {
    algorithm: "AEAD_AES_256_GCM",
    ciphertext: "ewJPdcIV0UElrpTARkS/v80jNvyo6PTrA+OWSJ7r7S4t/s4rWsWjTaryx1KkfEw=",
    nonce: "4d7a1c9e2b06",
    associated_data: "transaction",
  },
  content: '{"out_trade_no":"订单000001"}',
} as const;
