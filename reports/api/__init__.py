"""What programs ask of this server over HTTP, without the server: requests and answers as plain values."""
