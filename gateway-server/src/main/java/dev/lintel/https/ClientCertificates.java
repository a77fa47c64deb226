package dev.lintel.https;

/** Whether clients identify themselves by certificates. */
enum ClientCertificates {
    NONE,
    OPTIONAL,
    REQUIRED
}
